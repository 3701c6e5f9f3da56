import { createReadStream, existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

export interface Serving {
  /** An origin for each name, so that none shares a database file with another. */
  originOf(name: string): string;
  close(): void;
}

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };
/** Isolated pages get a clock of 5 µs; others one of 100 µs, which is a quarter of a small save. */
const HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Serves the built page at one port for each name. */
export async function serve(folder: string, names: readonly string[]): Promise<Serving> {
  const servers = new Map<string, Server>();
  for (const name of names) servers.set(name, await listen(folder));
  return {
    originOf(name) {
      const address = servers.get(name)?.address() as AddressInfo | undefined;
      if (!address) throw new Error(`Nothing is served for ${name}`);
      return `http://127.0.0.1:${address.port}`;
    },
    close() {
      for (const server of servers.values()) {
        server.close();
        server.closeAllConnections();
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
