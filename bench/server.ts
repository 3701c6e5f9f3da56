import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface Serving {
  /** An origin of its own for each name, so that none shares a database file with another. */
  originOf(name: string): Promise<string>;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
/** Isolated pages get a clock of 5 µs; others one of 100 µs, which is a quarter of a small save. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Serves the built page, at a port of its own for each name that is asked for. */
export function serve(folder: string): Serving {
  const servers = new Map<string, Promise<Server>>();
  return {
    async originOf(name) {
      const server = servers.get(name) ?? listen(folder);
      servers.set(name, server);
      return `http://127.0.0.1:${((await server).address() as AddressInfo).port}`;
    },
    async close() {
      for (const server of servers.values()) {
        (await server).close();
        (await server).closeAllConnections();
      }
    },
  };
}

async function listen(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(folder, normalize(pathname === '/' ? '/index.html' : pathname));
    if (!file.startsWith(folder) || !existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, {
      ...HEADERS,
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}
