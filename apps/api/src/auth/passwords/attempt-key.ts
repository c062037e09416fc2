import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';

/**
 * The row under which failures of one account from one address are counted; a hash, so that the table holds
 * neither. Of an IPv6 address only the network counts: one household owns all the rest.
 */
export function attemptKey(door: 'user' | 'staff', account: string, address: string): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([door, account, networkOf(address)]))
    .digest();
}

/** An IPv4 address as it is (also when written inside IPv6), of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped?.[1] !== undefined) return mapped[1];
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0');
  return [...front, ...zeros, ...back]
    .slice(0, 4)
    .map((part) => part.padStart(4, '0'))
    .join(':');
}
