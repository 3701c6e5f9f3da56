import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AnyStateMachine } from 'xstate';
import { drawMachine } from './mermaid.ts';

const FOLDER = 'docs/diagrams';

/** Every machine by its name, which is that of its file. */
function allMachines(): Map<string, AnyStateMachine> {
  const modules = import.meta.glob<Record<string, AnyStateMachine>>('../machines/*.machine.ts', {
    eager: true,
  });
  const machines = new Map<string, AnyStateMachine>();
  for (const module of Object.values(modules)) {
    for (const machine of Object.values(module)) machines.set(machine.id, machine);
  }
  return machines;
}

/** Writes docs/diagrams from the machines; with `--check` changes nothing and fails when a diagram is stale. */
export function main(options: readonly string[] = []): void {
  const isCheck = options.includes('--check');
  mkdirSync(FOLDER, { recursive: true });
  const stale: string[] = [];
  for (const [name, machine] of allMachines()) {
    const path = `${FOLDER}/${name}.md`;
    const drawn = drawMachine(machine);
    if (existsSync(path) && readFileSync(path, 'utf8') === drawn) continue;
    stale.push(path);
    if (!isCheck) writeFileSync(path, drawn);
  }
  const found = stale.length === 0 ? 'up to date' : stale.join(', ');
  console.log(`Diagrams: ${isCheck && stale.length > 0 ? `stale: ${found} (npm run diagrams)` : found}`);
  if (isCheck && stale.length > 0) process.exitCode = 1;
}
