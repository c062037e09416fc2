/** A small page in one file: a title, a sentence, and the way to the documentation. Both texts are our own. */
export function landingPage(title: string, text: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Tollgate</title>
<style>
  :root { color-scheme: light dark; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; font: 16px/1.6 system-ui, sans-serif;
    background: light-dark(#f6f7f9, #14171c); color: light-dark(#1c2430, #e8ebf0); }
  main { max-width: 30rem; margin: 1.5rem; padding: 2rem; border-radius: 12px;
    background: light-dark(#fff, #1d2229); box-shadow: 0 1px 3px rgb(0 0 0 / 15%); }
  h1 { margin: 0 0 .5rem; font-size: 1.5rem; }
  a { color: light-dark(#1d5fd1, #8ab6ff); }
</style>
</head>
<body><main><h1>${title}</h1><p>${text}</p><p><a href="/docs">API documentation</a></p></main></body>
</html>`;
}
