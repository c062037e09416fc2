import { describe, expect, it } from '@jest/globals';
import { mailboxPage } from './mailbox-page.js';

const mail = {
  id: '1',
  to: 'ann@example.test',
  subject: 'Hello',
  text: 'line one\nline two',
  at: new Date('2026-11-23T10:00:00Z'),
};

describe('mailboxPage', () => {
  it('says so when there is no mail', () => {
    expect(mailboxPage([])).toContain('No mail yet');
  });

  it('shows subject, receiver, time and text', () => {
    const page = mailboxPage([mail]);
    for (const part of ['Hello', 'ann@example.test', '2026-11-23T10:00:00.000Z', 'line one\nline two'])
      expect(page).toContain(part);
  });

  it('shows markup in a mail as text', () => {
    const page = mailboxPage([{ ...mail, subject: `<script>alert("x")</script> & 'y'` }]);
    expect(page).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;');
    expect(page).not.toContain('<script>');
  });
});
