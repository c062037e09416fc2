import type { DataProvider, GetListParams, Identifier, QueryFunctionContext, RaRecord } from 'react-admin';
import type { GivePlanRequest, Page, Tenant } from '../api/staff-api.js';
import { requestJson } from './http.js';
import { KeysetPages } from './keysetPages.js';

/** What the screens may ask for: react-admin's reads, and one method per thing that staff may do. */
export interface TollgateDataProvider extends DataProvider {
  /** Gives a tenant a plan by staff's hand (audited). @throws HttpError 400, 403, 404, 409 */
  givePlan(tenantId: Identifier, wish: GivePlanRequest): Promise<{ data: Tenant }>;
}

/** The field that names a record of a resource, where it is not `id`. */
const keyFields: Record<string, string> = { plans: 'key' };

/** Resources that arrive whole instead of in pages. */
const wholeLists = new Set(['plans']);

const pagesByResource = new Map<string, KeysetPages>();

/** Talks to the staff API; with `authProvider` the only place that knows its URLs. */
export const dataProvider: TollgateDataProvider = {
  supportAbortSignal: true,

  getList: (resource, params) =>
    wholeLists.has(resource) ? listWhole(resource, params) : listPage(resource, params),

  getOne: async (resource, { id, signal }) => requestJson('GET', urlOf(resource, id), { signal }),

  getMany: async <RecordType extends RaRecord>(
    resource: string,
    params: { ids: Identifier[] } & QueryFunctionContext,
  ) => {
    if (!wholeLists.has(resource)) {
      const answers = await Promise.all(
        params.ids.map((id) => dataProvider.getOne(resource, { ...params, id })),
      );
      return { data: answers.map(({ data }) => data as RecordType) };
    }
    const { data } = await listWhole<RecordType>(resource, params);
    return { data: data.filter(({ id }) => params.ids.includes(id)) };
  },

  givePlan: (tenantId, wish) => requestJson('POST', `${urlOf('tenants', tenantId)}/plan`, { body: wish }),

  getManyReference: notOffered,
  create: notOffered,
  update: notOffered,
  updateMany: notOffered,
  delete: notOffered,
  deleteMany: notOffered,
};

/** Records of staff's tools are changed by named actions, each with a reason, never by editing fields. */
async function notOffered(resource: string): Promise<never> {
  throw new Error(`The staff API does not offer this on ${resource}.`);
}

function urlOf(resource: string, id?: Identifier): string {
  return id === undefined ? `/staff/${resource}` : `/staff/${resource}/${encodeURIComponent(id)}`;
}

async function listWhole<RecordType extends RaRecord>(resource: string, { signal }: QueryFunctionContext) {
  const { data } = await requestJson<{ data: RecordType[] }>('GET', urlOf(resource), { signal });
  return { data: data.map((record) => withId(resource, record)), total: data.length };
}

async function listPage<RecordType extends RaRecord>(
  resource: string,
  { pagination, filter, signal }: GetListParams & QueryFunctionContext,
) {
  const { page, perPage } = pagination ?? { page: 1, perPage: 25 };
  const query = queryOf({ limit: perPage, ...filter });
  const loadPage = (after: string | null) =>
    requestJson<Page<RecordType>>(
      'GET',
      `${urlOf(resource)}?${queryOf({ limit: perPage, ...filter, after })}`,
      { signal },
    );
  const { data, pageInfo } = await pagesOf(resource).load(query, page, loadPage);
  return {
    data: data.map((record) => withId(resource, record)),
    pageInfo: { hasNextPage: pageInfo.hasNextPage, hasPreviousPage: page > 1 },
  };
}

function pagesOf(resource: string): KeysetPages {
  const pages = pagesByResource.get(resource) ?? new KeysetPages();
  pagesByResource.set(resource, pages);
  return pages;
}

function queryOf(values: Record<string, string | number | null>): string {
  const texts = Object.entries(values).map(([name, value]) => [name, String(value ?? '').trim()]);
  return new URLSearchParams(texts.filter(([, text]) => text !== '')).toString();
}

function withId<RecordType extends RaRecord>(resource: string, record: RecordType): RecordType {
  const keyField = keyFields[resource];
  return keyField ? { ...record, id: record[keyField] as Identifier } : record;
}
