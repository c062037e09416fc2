import { dirname, join, normalize } from 'node:path';

/** Paths that a page names, relative to the repository: links, and paths in code marks that start at a top folder. */
export function referencedPaths(page: string, text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, '');
  const links = [...prose.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, link = '']) =>
    normalize(join(dirname(page), link)),
  );
  const marked = [...prose.matchAll(/`((?:apps|libs|test|docs|bench)\/[\w.-]+(?:\/[\w.-]+)*)\/?`/g)].map(
    ([, path = '']) => path,
  );
  return [...new Set([...links, ...marked])];
}

/** Names in code marks in the last column of a page's tables, paths and literals left out. */
export function namesInTables(text: string): string[] {
  const cells = text
    .split('\n')
    .flatMap((line) => /^\|.*\|(?<last>[^|]*)\|$/.exec(line)?.groups?.['last'] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name));
}
