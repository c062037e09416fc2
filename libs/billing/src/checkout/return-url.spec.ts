import { describe, expect, it } from '@jest/globals';
import { allowedReturnUrl } from './return-url.js';

const ORIGINS = ['https://app.example', 'http://localhost:3000'];
const allowed = (text: string) => allowedReturnUrl(text, ORIGINS);

describe('allowedReturnUrl', () => {
  it.each([
    ['https://app.example/thanks?plan=pro#top', 'https://app.example/thanks?plan=pro#top'],
    ['HTTPS://APP.EXAMPLE', 'https://app.example/'],
    ['https://app.example:443/x', 'https://app.example/x'],
    ['http://localhost:3000/back', 'http://localhost:3000/back'],
    // A backslash is a slash to browsers: the host ends there, and what is answered leaves no doubt.
    ['https://app.example\\@evil.example/', 'https://app.example/@evil.example/'],
  ])('takes %s', (text, url) => {
    expect(allowed(text)).toBe(url);
  });

  it.each([
    'https://evil.example/',
    'https://app.example.evil.example/',
    'https://app.example@evil.example/',
    'https://evil.example\\app.example/',
    'https://user:secret@app.example/',
    'http://app.example/',
    'https://app.example:8443/',
    'http://localhost:3001/',
    '//app.example/',
    '/thanks',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:https://app.example/x',
    'https://аpp.example/',
    '',
    ' ',
  ])('refuses %j', (text) => {
    expect(() => allowed(text)).toThrow(expect.objectContaining({ code: 'return_url_refused' }));
  });
});
