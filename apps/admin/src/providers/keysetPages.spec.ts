import { describe, expect, it } from '@jest/globals';
import { KeysetPages } from './keysetPages.js';

/** A list of `pages` pages whose cursor after page n is `c<n>`; remembers what was asked. */
function fakeList(pages: number) {
  const asked: (string | null)[] = [];
  const loadPage = async (after: string | null) => {
    asked.push(after);
    const page = after === null ? 1 : Number(after.slice(1)) + 1;
    return { data: [{ page }], pageInfo: { hasNextPage: page < pages, endCursor: `c${page}` } };
  };
  return { asked, loadPage };
}

describe('KeysetPages', () => {
  it('opens the next page with the cursor at the end of this one', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(3)];
    await pages.load('all', 1, loadPage);
    const second = await pages.load('all', 2, loadPage);
    expect(second.data).toEqual([{ page: 2 }]);
    expect(asked).toEqual([null, 'c1']);
  });

  it('goes back without walking from the start', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(3)];
    for (const page of [1, 2, 3, 2]) await pages.load('all', page, loadPage);
    expect(asked).toEqual([null, 'c1', 'c2', 'c1']);
  });

  it('walks to a page that was bookmarked', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(5)];
    expect((await pages.load('all', 4, loadPage)).data).toEqual([{ page: 4 }]);
    expect(asked).toEqual([null, 'c1', 'c2', 'c3']);
  });

  it('starts afresh when the filters change', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(3)];
    await pages.load('all', 1, loadPage);
    await pages.load('only pro', 1, loadPage);
    expect(asked).toEqual([null, null]);
  });

  it('answers an empty page behind the end', async () => {
    const [pages, { loadPage }] = [new KeysetPages(), fakeList(2)];
    await expect(pages.load('all', 9, loadPage)).resolves.toEqual({
      data: [],
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it('refuses to walk for ever', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(1000)];
    await expect(pages.load('all', 900, loadPage)).rejects.toThrow('too far away');
    expect(asked).toEqual([]);
  });

  it('forgets later cursors when an earlier page is loaded anew', async () => {
    const [pages, { asked, loadPage }] = [new KeysetPages(), fakeList(4)];
    for (const page of [1, 2, 3, 1, 3]) await pages.load('all', page, loadPage);
    expect(asked.slice(-2)).toEqual(['c1', 'c2']);
  });
});
