import type { Workload } from '../workload.ts';
import { burst } from './burst.ts';
import { bytes } from './bytes.ts';
import { durability } from './durability.ts';
import { files } from './files.ts';
import { fold } from './fold.ts';
import { freshLoad, load } from './load.ts';
import { longestTask } from './longestTask.ts';
import { save } from './save.ts';
import { hugeScale, scale } from './scale.ts';
import { settingsLoad, settingsSave } from './settings.ts';

export const workloads: readonly Workload[] = [
  save,
  load,
  freshLoad,
  settingsSave,
  settingsLoad,
  burst,
  longestTask,
  fold,
  files,
  scale,
  hugeScale,
  bytes,
  durability,
];
