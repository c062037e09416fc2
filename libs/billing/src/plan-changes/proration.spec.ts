import { describe, expect, it } from '@jest/globals';
import { prorationFor } from './proration.js';

describe('prorationFor', () => {
  it('is what is wanted where the provider can do that', () => {
    expect(prorationFor({ prorations: ['invoice_now', 'next_invoice'] }, 'invoice_now')).toBe('invoice_now');
  });

  it('is what the provider can do otherwise, charging rather than not', () => {
    expect(prorationFor({ prorations: ['none', 'next_invoice'] }, 'invoice_now')).toBe('next_invoice');
    expect(prorationFor({ prorations: ['invoice_now', 'next_invoice'] }, 'none')).toBe('next_invoice');
  });
});
