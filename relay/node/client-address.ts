// Who posts, as far as it can be known.
import { BlockList, isIP } from "node:net";

/** Whether a connection's other end may say for whom it speaks. */
export type TrustProxy = (address: string) => boolean;

/**
 * @param list Addresses and networks such as `127.0.0.1`, `10.0.0.0/8` or `fd00::/8`.
 * @throws {RangeError} Naming the first that is neither.
 */
export const trustProxies = (list: readonly string[]): TrustProxy => {
  const trusted = new BlockList();
  for (const entry of list) {
    const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(entry.trim()) ?? [];
    const family = familyOf(address);
    const length = bits === undefined ? undefined : Number(bits);
    const longest = family === "ipv4" ? 32 : 128;
    const isLength = length === undefined || length <= longest;
    if (!family || !isLength)
      throw new RangeError(`"${entry}" is neither an IP address nor a network such as 10.0.0.0/8.`);
    if (length === undefined) trusted.addAddress(address, family);
    else trusted.addSubnet(address, length, family);
  }
  return (address) => {
    const family = familyOf(address);
    return family !== undefined && trusted.check(address, family);
  };
};

/**
 * The address that stands for the client: that of the connection, unless this is a trusted proxy's. Then it is the
 * rightmost of `X-Forwarded-For` that no trusted proxy added. Anybody can write the addresses further left.
 */
export const clientAddress = (remote: string, forwardedFor: string | undefined, trusts: TrustProxy): string => {
  let client = plain(remote);
  if (!forwardedFor) return client;
  const hops = forwardedFor.split(",").reverse();
  for (const hop of hops) {
    if (!trusts(client)) break;
    const next = plain(hop.trim());
    if (isIP(next) === 0) break;
    client = next;
  }
  return client;
};

/** IPv4 as a socket for both families writes it. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

const familyOf = (address: string): "ipv4" | "ipv6" | undefined => {
  const version = isIP(address);
  if (version === 0) return undefined;
  return version === 4 ? "ipv4" : "ipv6";
};
