import type { ReceivedMail } from './dev-mailbox.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** The text as HTML that shows exactly it, in content and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const STYLE = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; color: #1b1f24 }
  article { border: 1px solid #d5dae1; border-radius: 8px; padding: 1rem; margin: 1rem 0 }
  h2 { margin: 0; font-size: 1.1rem } p { margin: 0; color: #57606a } pre { white-space: pre-wrap; font: inherit }
`;

/** The page of the development mailbox: the given mails, in their order. */
export function mailboxPage(mails: readonly ReceivedMail[]): string {
  const list = mails.length === 0 ? '<p>No mail yet.</p>' : mails.map((mail) => article(mail)).join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Mailbox</h1>
<p>Mails that a mail server would have sent. They are kept until the next start.</p>
${list}
</body>
</html>`;
}

function article({ id, to, subject, text, at }: ReceivedMail): string {
  const instant = at.toISOString();
  return `<article id="${escapeHtml(id)}">
<h2>${escapeHtml(subject)}</h2>
<p>to ${escapeHtml(to)}, <time datetime="${instant}">${instant}</time></p>
<pre>${escapeHtml(text)}</pre>
</article>`;
}
