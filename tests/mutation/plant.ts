import { relative, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { PLANTED, type Planted } from './planted.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** @throws Error when the place is not there exactly once: the code has moved, and the bug must be planted anew */
export function mutate({ name, find, replace }: Planted, code: string): string {
  const places = code.split(find).length - 1;
  if (places !== 1) throw new Error(`${name}: its place is found ${places} times`);
  const mutated = code.replace(find, () => replace);
  if (mutated === code) throw new Error(`${name}: it changes nothing`);
  return mutated;
}

/** Plants one bug while the tests are built. Nothing in the product knows of it, and no file is written. */
export function plant(name: string): Plugin {
  const bug = PLANTED.find((planted) => planted.name === name);
  if (!bug) throw new Error(`There is no planted bug ${name}`);
  return {
    name: 'plant',
    enforce: 'pre',
    transform(code, id) {
      return relative(ROOT, id.split('?')[0] ?? id) === bug.file
        ? { code: mutate(bug, code), map: null }
        : undefined;
    },
  };
}
