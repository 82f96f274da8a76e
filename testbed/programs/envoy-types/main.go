// Prints what istiod knows of Envoy's API, as JSON: every message with its fields and every enum with its values, by package.
// What is imported for its types alone is what istiod has of them.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"

	_ "github.com/cncf/xds/go/udpa/type/v1"
	"github.com/envoyproxy/protoc-gen-validate/validate"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	_ "istio.io/api/envoy/extensions/stats"
	_ "istio.io/istio/pkg/config/xds"
)

// What may stand in a patch: Envoy's API, what it is built on, and Istio's own filters.
var wanted = regexp.MustCompile(`^(envoy|xds|udpa|cel|google|opentelemetry|io\.istio|io\.prometheus|istio\.envoy|stats)\.`)

type contents struct {
	// By name: `name:type` of each field, separated by blanks. The fields of a oneof have its number after `~`, with `!` where one of
	// them has to be set. After the type comes what Envoy asks of the value, see asked.
	Messages map[string]string `json:"messages,omitempty"`
	// By name: the names of the values, separated by blanks.
	Enums map[string]string `json:"enums,omitempty"`
}

type packages map[protoreflect.FullName]*contents

func main() {
	found := packages{}
	protoregistry.GlobalTypes.RangeMessages(func(message protoreflect.MessageType) bool {
		if in, name := found.place(message.Descriptor()); in != nil {
			in.Messages[name] = fieldsOf(message.Descriptor())
		}
		return true
	})
	protoregistry.GlobalTypes.RangeEnums(func(enum protoreflect.EnumType) bool {
		if in, name := found.place(enum.Descriptor()); in != nil {
			in.Enums[name] = valuesOf(enum.Descriptor())
		}
		return true
	})
	text, err := json.Marshal(found)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(string(text))
}

// The package of a type, and its name in there.
func (found packages) place(descriptor protoreflect.Descriptor) (*contents, string) {
	if !wanted.MatchString(string(descriptor.FullName())) {
		return nil, ""
	}
	in := descriptor.ParentFile().Package()
	if found[in] == nil {
		found[in] = &contents{map[string]string{}, map[string]string{}}
	}
	return found[in], strings.TrimPrefix(string(descriptor.FullName()), string(in)+".")
}

func fieldsOf(message protoreflect.MessageDescriptor) string {
	fields := message.Fields()
	all := make([]string, fields.Len())
	for index := range all {
		field := fields.Get(index)
		group := ""
		if oneof := field.ContainingOneof(); oneof != nil && !oneof.IsSynthetic() {
			group = fmt.Sprintf("~%d", oneof.Index())
			if required, _ := proto.GetExtension(oneof.Options(), validate.E_Required).(bool); required && isValidated(message) {
				group += "!"
			}
		}
		all[index] = fmt.Sprintf("%s%s:%s%s", field.Name(), group, typeOf(field, message), asked(field, message))
	}
	return strings.Join(all, " ")
}

func valuesOf(enum protoreflect.EnumDescriptor) string {
	values := enum.Values()
	all := make([]string, values.Len())
	for index := range all {
		all[index] = string(values.Get(index).Name())
	}
	return strings.Join(all, " ")
}

func typeOf(field protoreflect.FieldDescriptor, in protoreflect.MessageDescriptor) string {
	switch {
	case field.IsMap():
		return fmt.Sprintf("{%s}%s", field.MapKey().Kind(), elementOf(field.MapValue(), in))
	case field.IsList():
		return "[]" + elementOf(field, in)
	default:
		return elementOf(field, in)
	}
}

// The kind of a value; of a message or an enum its name, which begins with a dot where it is in the same package.
func elementOf(field protoreflect.FieldDescriptor, in protoreflect.MessageDescriptor) string {
	var of protoreflect.Descriptor
	switch field.Kind() {
	case protoreflect.MessageKind, protoreflect.GroupKind:
		of = field.Message()
	case protoreflect.EnumKind:
		of = field.Enum()
	default:
		return field.Kind().String()
	}
	name := string(of.FullName())
	if of.ParentFile().Package() == in.ParentFile().Package() {
		return strings.TrimPrefix(name, string(in.ParentFile().Package()))
	}
	return name
}
