/** An answer over HTTP, read whole. */
export class Answer {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly text: string,
  ) {}

  /** The body as JSON; null when there is none. */
  get body(): Record<string, unknown> {
    return (this.text === '' ? null : JSON.parse(this.text)) as Record<string, unknown>;
  }

  /** Throws, with the body, unless the status is the expected one. */
  expect(status: number): this {
    if (this.status !== status) throw new Error(`expected ${status}, got ${this.status}: ${this.text}`);
    return this;
  }
}

/** Somebody who sends requests to one origin with the same headers. */
export class Caller {
  constructor(
    private readonly origin: string,
    private readonly headers: Readonly<Record<string, string>> = {},
  ) {}

  /** The same caller at another origin. */
  at(origin: string): Caller {
    return new Caller(origin, this.headers);
  }

  /** The same caller with more headers. */
  with(headers: Readonly<Record<string, string>>): Caller {
    return new Caller(this.origin, { ...this.headers, ...headers });
  }

  async get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  async post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  async put(path: string, body?: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  async patch(path: string, body?: unknown): Promise<Answer> {
    return this.send('PATCH', path, body);
  }

  async delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  /** Sends anything; a string or bytes go as they are, everything else as JSON. Redirects are not followed. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
    const response = await fetch(path.startsWith('http') ? path : `${this.origin}${path}`, {
      method,
      redirect: 'manual',
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...this.headers },
      body: body === undefined ? undefined : raw,
    });
    return new Answer(response.status, response.headers, await response.text());
  }
}
