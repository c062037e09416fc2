/** An answer over HTTP: its status, and its body as JSON (null when it is none). */
export interface HttpAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** Sends JSON to one origin as one caller. */
export class HttpClient {
  constructor(
    private readonly origin: string,
    private readonly bearer?: string,
  ) {}

  /**
   * Sends a request and answers the body. Redirects are not followed.
   *
   * @throws Error with the answer in it, unless the status is the expected one
   */
  async send(method: string, path: string, status: number, body?: object): Promise<unknown> {
    const answer = await this.ask(method, path, body);
    if (answer.status === status) return answer.body;
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  private async ask(method: string, path: string, body?: object): Promise<HttpAnswer> {
    const response = await fetch(path.startsWith('http') ? path : `${this.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...(this.bearer !== undefined && { authorization: `Bearer ${this.bearer}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? await response.json() : null };
  }
}
