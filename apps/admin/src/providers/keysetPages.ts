import type { Page } from '../api/staff-api.js';

/** Loads one page that starts after a cursor (null: the first page). */
type LoadPage<Row> = (after: string | null) => Promise<Page<Row>>;

/** A page that is reached only by walking from the first one is not worth more requests than this. */
const longestWalk = 20;

/**
 * Turns react-admin's page numbers into keyset cursors by remembering the cursor that opens each page of one listing.
 * A page whose cursor is unknown (a reload, a bookmark) is reached by walking from the nearest known one.
 */
export class KeysetPages {
  private listing = '';
  private cursors: (string | null)[] = [null];

  /**
   * @param listing what is listed: resource, filters and page size in one string; another listing starts afresh
   * @param page page number, from 1
   * @throws RangeError when the page is further than 20 pages from a known one
   */
  async load<Row>(listing: string, page: number, loadPage: LoadPage<Row>): Promise<Page<Row>> {
    if (listing !== this.listing) this.startAfresh(listing);
    let at = Math.min(page, this.cursors.length);
    if (page - at > longestWalk)
      throw new RangeError(`Page ${page} is too far away: narrow the search instead.`);

    let loaded = await this.loadFrom(listing, at, this.cursors[at - 1] ?? null, loadPage);
    while (at < page && loaded.pageInfo.hasNextPage) {
      at += 1;
      loaded = await this.loadFrom(listing, at, loaded.pageInfo.endCursor, loadPage);
    }
    return at === page ? loaded : { data: [], pageInfo: { hasNextPage: false, endCursor: null } };
  }

  private async loadFrom<Row>(listing: string, page: number, after: string | null, loadPage: LoadPage<Row>) {
    const loaded = await loadPage(after);
    this.remember(listing, page, loaded);
    return loaded;
  }

  private startAfresh(listing: string): void {
    this.listing = listing;
    this.cursors = [null];
  }

  /** Later cursors are dropped: rows may have moved since, and the next page must begin where this one ends. */
  private remember<Row>(listing: string, page: number, { pageInfo }: Page<Row>): void {
    if (listing !== this.listing) return;
    this.cursors.length = Math.min(this.cursors.length, page);
    if (pageInfo.hasNextPage) this.cursors[page] = pageInfo.endCursor;
  }
}
