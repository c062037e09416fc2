import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of ours that answers one question at a time (`process.on('message')`). */
export class Child {
  constructor(file, { nodeFlags = [], args = [], env = {} } = {}) {
    this.process = fork(file, args, { execArgv: nodeFlags, env: { ...process.env, ...env } });
  }

  /** Asks, and gives the answer. @throws Error with the child's own stack, or when it ends instead of answering */
  async ask(ask, about = {}) {
    const over = new AbortController();
    const { signal } = over;
    try {
      this.process.send({ ask, ...about });
      const [message] = await Promise.race([
        once(this.process, 'message', { signal }),
        once(this.process, 'exit', { signal }).then(([code]) => [
          { failure: `the child ended with ${code}` },
        ]),
      ]);
      if (message.failure !== undefined) throw new Error(message.failure);
      return message.answer;
    } finally {
      over.abort();
    }
  }

  /** Ends it and waits for its end. */
  async end() {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const ended = once(this.process, 'exit');
    this.process.kill();
    await ended;
  }
}

/** In the child: answers the parent's questions by the functions of that name, which may be asynchronous. */
export function answerParent(answers) {
  process.on('message', ({ ask, ...about }) => {
    Promise.resolve(about)
      .then((given) => answers[ask](given))
      .then(
        (answer) => process.send({ answer: answer ?? {} }),
        (error) => process.send({ failure: error.stack }),
      );
  });
}
