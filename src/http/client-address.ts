import { BlockList, isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';

/** Machines in front of the server whose word about the client is taken: addresses, or networks such as `10.0.0.0/8`. */
export type TrustedProxies = BlockList | null;

export function trustedProxies(written: readonly string[]): TrustedProxies {
  if (written.length === 0) return null;
  const list = new BlockList();
  for (const network of written) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    list.addSubnet(address, bits === undefined ? (family === 'ipv6' ? 128 : 32) : Number(bits), family);
  }
  return list;
}

/** An address or a network of addresses. */
export function isNetwork(written: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(written) ?? [];
  const version = isIP(address);
  return version !== 0 && (bits === undefined || Number(bits) <= (version === 6 ? 128 : 32));
}

/**
 * The address of who asked: that of the connection. Only where that is a trusted proxy, the last address of its
 * `X-Forwarded-For` that is none: what stands before it anyone can have written.
 */
export function clientAddress({ raw, headers }: Pick<FastifyRequest, 'raw' | 'headers'>, proxies: TrustedProxies): string {
  let address = plain(raw.socket.remoteAddress ?? '');
  if (proxies === null) return address;
  const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map((part) => plain(part.trim()));
  while (isTrusted(proxies, address)) {
    const next = forwarded.pop();
    if (next === undefined || isIP(next) === 0) return address;
    address = next;
  }
  return address;
}

const isTrusted = (proxies: BlockList, address: string): boolean => isIP(address) !== 0 && proxies.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** IPv4 as such, also where it is written as IPv6. */
const plain = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

/** What counts as one client: an IPv4 address, or the first half of an IPv6 address, of which everyone has all the rest. */
export function clientKey(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const all = tail === undefined ? groups : [...groups, ...Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0'), ...after];
  return `${all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
}
