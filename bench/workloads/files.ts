import { rotated } from '../statistics.ts';
import { prepared, type Row, readBack, type Workload } from '../workload.ts';

/** Rows: `import` and `export`, how long they take, and `import-task` and `export-task`, the longest task meanwhile. */
export const files: Workload = {
  name: 'import',
  title: 'A file of the whole collection, taken into an empty library',
  unit: 'ms',
  sizes: [1_000, 10_000],
  contenders: ['raw', 'ours'],
  async run(setting) {
    const { arena, contenders, size, rounds } = setting;
    const pages = await prepared(setting);
    const row = (workload: string, contender: string): Row => ({ workload, contender, size, samples: [] });
    const all = contenders.map((contender) => ({
      contender,
      exported: row('export', contender),
      imported: row('import', contender),
      exportTask: row('export-task', contender),
      importTask: row('import-task', contender),
    }));
    for (let round = 0; round <= rounds; round += 1) {
      for (const { contender, exported, imported, exportTask, importTask } of rotated(all, round)) {
        const page = pages.get(contender);
        const made = await page?.evaluate(() => window.bench.exportFile());
        const taken = await page?.evaluate(() => window.bench.importFile());
        if (round === 0 || !made || !taken) continue;
        exported.samples.push(made.ms);
        exportTask.samples.push(made.longestTask);
        imported.samples.push(taken.ms);
        importTask.samples.push(taken.longestTask);
      }
    }
    await readBack(arena, setting, pages);
    return all.flatMap(({ exported, imported, exportTask, importTask }) => [
      exported,
      imported,
      exportTask,
      importTask,
    ]);
  },
};
