import type { CatalogChange } from '@tollgate/entitlements';

/** Differences as people read them, one line each: `+` added, `-` removed, `~` changed. */
export function changeLines(changes: readonly CatalogChange[]): string[] {
  return changes.map(({ path, change, before, after }) => {
    switch (change) {
      case 'added':
        return `+ ${path}: ${JSON.stringify(after)}`;
      case 'removed':
        return `- ${path}: ${JSON.stringify(before)}`;
      case 'changed':
        return `~ ${path}: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
    }
  });
}
