import { HABITS } from '../habits.js';
import type { ProviderName } from '../options.js';
import { Html, html } from './html.js';
import { STYLE } from './page-style.js';

/** A whole page, with the banner that keeps anyone from taking it for the real thing. */
export function page(title: string, provider: ProviderName | null, body: Html, narrow = false): string {
  const of = provider === null ? '' : ` standing in for ${HABITS[provider].title}`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <style>
          ${new Html(STYLE)}
        </style>
      </head>
      <body>
        <p class="banner" role="note" style="margin:0">Local sandbox${of}. No money moves here.</p>
        <main class="${narrow ? 'narrow' : ''}">${body}</main>
      </body>
    </html>`.text;
}

/** A page that says one thing and perhaps leads on. */
export function noticePage(title: string, message: string, link?: { href: string; label: string }): string {
  const next = link === undefined ? null : html`<a class="button key" href="${link.href}">${link.label}</a>`;
  return page(
    title,
    null,
    html`<div class="card">
      <div class="side">
        <h1>${title}</h1>
        <p class="soft">${message}</p>
        ${next}
      </div>
    </div>`,
    true,
  );
}
