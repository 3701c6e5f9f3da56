import { takeTurns, type Workload } from '../workload.ts';

const TIMES = 10;

export const settingsSave: Workload = {
  name: 'settings-save',
  title: 'Save of the settings, beside a collection of this size',
  unit: 'ms',
  sizes: [100],
  run: (setting) =>
    takeTurns('settings-save', setting, (page) =>
      page.evaluate((times) => window.bench.saveSettings(times), TIMES),
    ),
};

export const settingsLoad: Workload = {
  name: 'settings-load',
  title: 'Load of the settings, beside a collection of this size',
  unit: 'ms',
  sizes: [100],
  run: (setting) =>
    takeTurns('settings-load', setting, (page) =>
      page.evaluate((times) => window.bench.loadSettings(times), TIMES),
    ),
};
