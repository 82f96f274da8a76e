/** What pods and Services of a cluster have addresses of. */
export const ipFamilies = ["ipv4", "ipv6"] as const;
export type IpFamily = (typeof ipFamilies)[number];
