import { describe, expect, it } from '@jest/globals';
import { FormError, parseForm } from './form-body.js';

describe('parseForm', () => {
  it('nests by brackets and turns numbered keys into arrays', () => {
    const text =
      'mode=subscription&items[0][price]=p1&items[0][quantity]=5&items[1][price]=p2&expand[]=a&expand[]=b&metadata[plan]=pro+max&cancel_at=';
    expect(parseForm(text)).toEqual({
      mode: 'subscription',
      items: [{ price: 'p1', quantity: '5' }, { price: 'p2' }],
      expand: ['a', 'b'],
      metadata: { plan: 'pro max' },
      cancel_at: '',
    });
  });

  it('keeps metadata whose key is a number in a record apart from others', () => {
    expect(parseForm('metadata[0]=a&metadata[name]=b')).toEqual({ metadata: { 0: 'a', name: 'b' } });
  });

  it.each(['metadata[__proto__][x]=1', 'constructor=1', 'a[b][prototype]=1', `a${'[b]'.repeat(20)}=1`])(
    'refuses %s',
    (text) => {
      expect(() => parseForm(text)).toThrow(FormError);
      expect(({} as Record<string, unknown>)['x']).toBeUndefined();
    },
  );
});
