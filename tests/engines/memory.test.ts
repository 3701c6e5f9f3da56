import { expect, test } from 'vitest';
import type { Kind } from '../../src/engines/contract.ts';
import { createMemoryEngine, type MemoryContents } from '../../src/engines/memory.ts';
import { testEnvironment } from '../support/environment.ts';
import { connect, testEngineContract } from './contract-suite.ts';

testEngineContract({ name: 'memory', durability: 'session', commitsEarly: false }, () => {
  const contents: MemoryContents = new Map();
  return {
    engine: () => createMemoryEngine(testEnvironment(), contents),
    plant: async (kind, key, value) => {
      const place = contents.get(kind) ?? new Map<string, unknown>();
      place.set(JSON.stringify(key), value);
      contents.set(kind, place);
    },
  };
});

test('memory is created once, and holds nothing that another memory holds', async () => {
  const engine = createMemoryEngine(testEnvironment());
  expect(await engine.open()).toMatchObject({ kind: 'open', created: true });
  const connection = await connect(engine);
  await connection.write(['head'], async (writer) => writer.put('head', 'head', Uint8Array.of(1))).done;
  const other = await connect(createMemoryEngine(testEnvironment()));
  expect(await other.read(['head' satisfies Kind], (reader) => reader.keys('head'))).toEqual([]);
});
