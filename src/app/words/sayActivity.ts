import { activityMessages } from './activity.en.ts';
import { sayFrom } from './sayFrom.ts';

export const sayActivity = sayFrom(activityMessages);
