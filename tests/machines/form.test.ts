import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AnyStateMachine } from 'xstate';
import { drawMachine } from '../../scripts/mermaid.ts';
import { structureFaults } from '../paths/kit/structure.ts';
import { formFaults } from './form.ts';

const machines = import.meta.glob<Record<string, AnyStateMachine>>('../../machines/*.machine.ts', {
  eager: true,
});
const services = import.meta.glob<Record<string, unknown>>('../../src/services/*.ts', { eager: true });

const names = readdirSync('machines')
  .filter((file) => file.endsWith('.machine.ts'))
  .map((file) => file.replace('.machine.ts', ''));

function machineOf(name: string): AnyStateMachine {
  const made = Object.values(machines[`../../machines/${name}.machine.ts`] ?? {});
  const [machine] = made;
  if (!machine || made.length !== 1)
    throw new Error(`${name}.machine.ts must export its machine, nothing else`);
  return machine;
}

/** An edit must not cross a border between machines, nor a start, nor what was chosen of a file: these are longer. */
const ROOM: Readonly<Record<string, number>> = {
  save: 14_000,
  load: 13_000,
  persistence: 12_500,
  import: 14_000,
};

describe.each(names)('The machine file of %s', (name) => {
  const source = readFileSync(`machines/${name}.machine.ts`, 'utf8');

  it('can be imported by Stately as it is', () => {
    expect(formFaults(source)).toEqual([]);
  });

  it('bears the name of its file, keeps its size, and describes itself', () => {
    const machine = machineOf(name);
    expect(machine.id).toBe(name);
    expect(source.length).toBeLessThanOrEqual(ROOM[name] ?? 12_000);
    expect(machine.root.description).toBeTruthy();
    expect(structureFaults(machine)).toEqual([]);
  });

  it('names as actors what its service file exports, and its child machines, nothing more and nothing less', () => {
    const actors = Object.keys(machineOf(name).implementations.actors);
    const exported = Object.keys(services[`../../src/services/${name}.ts`] ?? {});
    const children = actors.filter((actor) => names.includes(actor));
    expect(actors.sort()).toEqual([...exported, ...children].sort());
  });

  it('has a placeholder that rejects for every actor, so that a forgotten binding is heard', async () => {
    const { actors } = machineOf(name).implementations;
    for (const [actor, logic] of Object.entries(actors)) {
      const { config } = logic as { config: () => Promise<unknown> };
      await expect(config()).rejects.toThrow(`\`${actor}\` was not provided`);
    }
  });

  it('has a diagram that is up to date', () => {
    expect(readFileSync(`docs/diagrams/${name}.md`, 'utf8')).toBe(drawMachine(machineOf(name)));
  });
});

describe('The form check', () => {
  const sound = `import { setup } from 'xstate';
    import type { Tag } from './types.ts';
    export const m = setup({}).createMachine({ id: 'm', initial: 'a', states: { a: { on: { GO: 'a' } } } });`;

  it('passes a sound file', () => {
    expect(formFaults(sound)).toEqual([]);
  });

  it.each([
    ["import { helper } from './helper.ts';", 'imports more than types from ./helper.ts'],
    ["import { setup as s2 } from 'other';", 'imports more than types from other'],
    ['export const m2 = setup({}).createMachine({ id: "m2" });', 'has 2 machines, not one'],
  ])('refuses %s', (line, fault) => {
    expect(formFaults(`${sound}\n${line}`)).toContain(fault);
  });

  it.each([
    ["{ id: 'm', ...shared }", 'spreads inside the machine'],
    ["{ id: 'm', states: { [name]: {} } }", 'has a computed key inside the machine'],
    ["{ id: 'm', states: { a: { entry: () => {} } } }", 'names `entry` by something else than a literal'],
    ["{ id: 'm', states: { a: { tags: tagsOfA } } }", 'names `tags` by something else than a literal'],
    ['{ states: { } }', 'has no id'],
    ['config', 'is given a config that is not literal'],
  ])('refuses the config %s', (config, fault) => {
    expect(formFaults(`export const m = setup({}).createMachine(${config});`)).toContain(fault);
  });

  it('refuses a machine without setup', () => {
    expect(formFaults("export const m = createMachine({ id: 'm' });")).toContain(
      'makes its machine without `setup(…)`',
    );
  });
});
