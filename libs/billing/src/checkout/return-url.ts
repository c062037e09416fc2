import { ReturnUrlRefusedError } from './checkout.errors.js';

/**
 * An address to send people back to, read as browsers read it and judged afterwards: whatever tricks its spelling plays,
 * what is answered is the address as parsed. Only the listed origins are ours; credentials in an address never are.
 *
 * @throws ReturnUrlRefusedError
 */
export function allowedReturnUrl(text: string, origins: readonly string[]): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const isOurs = url !== null && origins.includes(url.origin) && /^https?:$/.test(url.protocol);
  if (!isOurs || url.username !== '' || url.password !== '') throw new ReturnUrlRefusedError();
  return url.href;
}
