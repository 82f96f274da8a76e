import { expectTypeOf, it } from "vitest";
import type { ExternalOptions } from "../../../components/traffic/egress/externalOptions.ts";
import type { WorkloadArgs } from "../../../components/traffic/egress/externalWorkload.ts";
import type { TrafficPolicyArgs } from "../../../components/traffic/destination/trafficPolicy.ts";
import type { GatewayOptions } from "../../../components/traffic/gateway/gatewayOptions.ts";
import type { HeaderOperations } from "../../../components/traffic/headerFields.ts";
import type { TcpMatchArgs, TlsMatchArgs } from "../../../components/traffic/routing/connectionRoutes.ts";
import type { CorsArgs } from "../../../components/traffic/routing/cors.ts";
import type { HttpMatchArgs } from "../../../components/traffic/routing/matches.ts";
import type { RetryArgs } from "../../../components/traffic/routing/retries.ts";
import type { RedirectArgs, RewriteArgs } from "../../../components/traffic/routing/rewrites.ts";
import type * as specs from "../../../istio/generated/specs.ts";
import type { HttpMatch, HttpRoute, TcpRoute, TlsRoute } from "../../../istio/virtualService.ts";

/** The fields of arguments, deep down, that an object of Istio's does not have. */
type Strange<Args, Spec> = Args extends readonly (infer Item)[]
  ? Spec extends readonly (infer Other)[]
    ? Strange<Item, Other>
    : "no list"
  : Args extends object
    ? {
        [Key in keyof Args]-?: Key extends keyof Spec ? Strange<NonNullable<Args[Key]>, NonNullable<Spec[Key]>> : Key;
      }[keyof Args]
    : never;

type Item<List> = NonNullable<List> extends readonly (infer Each)[] ? Each : never;
type Server = Item<specs.GatewaySpec["servers"]>;

it("arguments that go into objects as they are have fields that Istio has", () => {
  expectTypeOf<Strange<Omit<HttpMatchArgs, "headers" | "withoutHeaders" | "queryParams">, HttpMatch>>().toBeNever();
  expectTypeOf<Strange<Omit<RetryArgs, "retryOn">, NonNullable<HttpRoute["retries"]>>>().toBeNever();
  expectTypeOf<Strange<RewriteArgs, NonNullable<HttpRoute["rewrite"]>>>().toBeNever();
  expectTypeOf<Strange<RedirectArgs, NonNullable<HttpRoute["redirect"]>>>().toBeNever();
  expectTypeOf<Strange<HeaderOperations, specs.HeaderOperations>>().toBeNever();
  expectTypeOf<Strange<CorsArgs, NonNullable<HttpRoute["corsPolicy"]>>>().toBeNever();
  expectTypeOf<Strange<TcpMatchArgs, Item<TcpRoute["match"]>>>().toBeNever();
  expectTypeOf<Strange<TlsMatchArgs, Item<TlsRoute["match"]>>>().toBeNever();
  expectTypeOf<Strange<Omit<TrafficPolicyArgs, "portLevelSettings">, specs.TrafficPolicy>>().toBeNever();
  expectTypeOf<Strange<NonNullable<GatewayOptions["tls"]>, NonNullable<Server["tls"]>>>().toBeNever();
  expectTypeOf<Strange<Omit<WorkloadArgs, "address">, specs.WorkloadEntrySpec>>().toBeNever();
  expectTypeOf<Strange<ExternalOptions["ports"][string], Item<specs.ServiceEntrySpec["ports"]>>>().toBeNever();

  // A field that Istio does not have is seen.
  expectTypeOf<Strange<{ attempts: 1; backOff: "1s" }, NonNullable<HttpRoute["retries"]>>>().toEqualTypeOf<"backOff">();
});
