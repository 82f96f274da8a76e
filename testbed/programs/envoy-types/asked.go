package main

import (
	"math"
	"strconv"

	"github.com/envoyproxy/protoc-gen-validate/validate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/durationpb"
)

// Whether Envoy validates a message at all.
func isValidated(message protoreflect.MessageDescriptor) bool {
	disabled, _ := proto.GetExtension(message.Options(), validate.E_Disabled).(bool)
	ignored, _ := proto.GetExtension(message.Options(), validate.E_Ignored).(bool)
	return !disabled && !ignored
}

// What Envoy asks of a field, after `!`: with `?` it need not be there, or may be empty; with `-` nothing is asked of the message that it
// holds. Then come the bounds of a number, or in seconds those of a duration. Patterns and lengths are left out.
func asked(field protoreflect.FieldDescriptor, in protoreflect.MessageDescriptor) string {
	rules, _ := proto.GetExtension(field.Options(), validate.E_Rules).(*validate.FieldRules)
	if rules == nil || !isValidated(in) || field.HasOptionalKeyword() {
		return ""
	}
	isRequired := rules.GetMessage().GetRequired() || rules.GetAny().GetRequired() || rules.GetDuration().GetRequired() ||
		rules.GetTimestamp().GetRequired()
	switch {
	case rules.GetRepeated() != nil:
		isRequired = isRequired || (rules.GetRepeated().GetMinItems() > 0 && !rules.GetRepeated().GetIgnoreEmpty())
	case rules.GetMap() != nil:
		isRequired = isRequired || (rules.GetMap().GetMinPairs() > 0 && !rules.GetMap().GetIgnoreEmpty())
	case field.Kind() == protoreflect.StringKind:
		text := rules.GetString_()
		isRequired = isRequired || (max(text.GetMinLen(), text.GetMinBytes()) > 0 && !text.GetIgnoreEmpty())
	case field.Kind() == protoreflect.BytesKind:
		isRequired = isRequired || (rules.GetBytes().GetMinLen() > 0 && !rules.GetBytes().GetIgnoreEmpty())
	}
	marks := boundsOf(rules)
	// Rules for an Any on another message keep the validator from looking into it.
	isTakenForAny := rules.GetAny() != nil && field.Message().FullName() != "google.protobuf.Any"
	if isTakenForAny || rules.GetMessage().GetSkip() || rules.GetRepeated().GetItems().GetMessage().GetSkip() ||
		rules.GetMap().GetValues().GetMessage().GetSkip() {
		marks = "-" + marks
	}
	switch {
	case isRequired:
		return "!" + marks
	case marks != "":
		return "!?" + marks
	default:
		return ""
	}
}

func boundsOf(rules *validate.FieldRules) string {
	kind := rules.ProtoReflect().WhichOneof(rules.ProtoReflect().Descriptor().Oneofs().ByName("type"))
	if kind == nil || kind.Message() == nil {
		return ""
	}
	of := rules.ProtoReflect().Get(kind).Message()
	// Zero may stand for nothing.
	if ignore := of.Descriptor().Fields().ByName("ignore_empty"); ignore != nil && of.Get(ignore).Bool() {
		return ""
	}
	bounds, lower, upper := "", math.Inf(-1), math.Inf(1)
	for _, bound := range []struct{ name, mark string }{{"gt", ">"}, {"gte", ">="}, {"lt", "<"}, {"lte", "<="}} {
		field := of.Descriptor().Fields().ByName(protoreflect.Name(bound.name))
		if field != nil && of.Has(field) {
			limit := numberOf(of.Get(field).Interface())
			bounds += bound.mark + strconv.FormatFloat(limit, 'f', -1, 64)
			if bound.mark[0] == '>' {
				lower = limit
			} else {
				upper = limit
			}
		}
	}
	// Such bounds are those of a gap.
	if lower > upper {
		return ""
	}
	return bounds
}

func numberOf(value any) float64 {
	switch value := value.(type) {
	case int32:
		return float64(value)
	case int64:
		return float64(value)
	case uint32:
		return float64(value)
	case uint64:
		return float64(value)
	case float32:
		number, _ := strconv.ParseFloat(strconv.FormatFloat(float64(value), 'g', -1, 32), 64)
		return number
	case float64:
		return value
	case protoreflect.Message:
		duration, _ := value.Interface().(*durationpb.Duration)
		return duration.AsDuration().Seconds()
	}
	return 0
}
