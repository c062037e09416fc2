import { describe, expect, it } from '@jest/globals';
import { securityHeaders } from './security-headers.js';

describe('securityHeaders', () => {
  it.each(['/v1/export', '/admin/*', '/docs', '/dev/mailbox', ''])('let nobody frame %p', (path) => {
    expect(securityHeaders(path)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("frame-ancestors 'none'") as unknown,
    });
  });

  it('let the API load nothing and keep nothing', () => {
    expect(securityHeaders('/v1/me')).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'") as unknown,
      'cache-control': 'no-store',
    });
  });

  it('let the dashboard load its own files', () => {
    expect(securityHeaders('/admin/assets/x.js')).not.toHaveProperty('cache-control');
    expect(securityHeaders('/admin')['content-security-policy']).toContain("default-src 'self'");
  });
});
