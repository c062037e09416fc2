const PAGE = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; object-src 'none'";

/** Nothing of ours may be framed, nor may a page of ours name another base or send a form elsewhere. */
const EVERYWHERE = "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const API = { policy: `default-src 'none'; ${EVERYWHERE}`, cache: 'no-store' } as const;
const PAGES: readonly { readonly prefix: string; readonly policy: string }[] = [
  // The dashboard's component library writes its styles inline.
  { prefix: '/admin', policy: `${PAGE}; ${EVERYWHERE}` },
  // Swagger's page has inline styles and pictures as data.
  { prefix: '/docs', policy: `${PAGE}; ${EVERYWHERE}` },
  // Pages that people come back to from the payment provider have their few styles inline.
  ...['/dev/', '/checkout/', '/settings/', '/pricing'].map((prefix) => ({
    prefix,
    policy: `default-src 'none'; style-src 'unsafe-inline'; ${EVERYWHERE}`,
  })),
];

/** The headers that every answer under `path` carries, unless its handler set them itself. */
export function securityHeaders(path: string): Readonly<Record<string, string>> {
  const page = PAGES.find(({ prefix }) => path.startsWith(prefix));
  return {
    'content-security-policy': page?.policy ?? API.policy,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    ...(!page && { 'cache-control': API.cache }),
  };
}
