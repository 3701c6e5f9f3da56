import type { Workload } from '../workload.ts';
import { burst } from './burst.ts';
import { freshLoad, load } from './load.ts';
import { longestTask } from './longestTask.ts';
import { save } from './save.ts';
import { settingsLoad, settingsSave } from './settings.ts';

export const workloads: readonly Workload[] = [
  save,
  load,
  freshLoad,
  settingsSave,
  settingsLoad,
  burst,
  longestTask,
];
