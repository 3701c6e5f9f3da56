/** The words of the Activity list. Fetched with it. */
export const activityMessages = {
  'activity.title': 'Activity',
  'activity.undo': 'Undo: {what}',
  'activity.settings': 'Changed the settings',
  'activity.templates': { one: 'Changed {count} template', other: 'Changed {count} templates' },
  'activity.undone': 'Undone: {what}',
  'activity.undoneTemplates': {
    one: 'Undone: a change of {count} template',
    other: 'Undone: a change of {count} templates',
  },
  'activity.restored': 'Went back to a backup',
  'activity.rescued': 'Rescued what could be read',
  'activity.startedEmpty': 'Started with an empty library',
  'activity.writtenBack': 'Wrote everything back',
  'activity.imported': 'Imported a file',
  'activity.updated': { one: 'Updated {count} record', other: 'Updated {count} records' },
  'activity.cleared': 'Cleared the data',
  'activity.journal': 'Kept a copy of edits that couldn’t be read',
} as const;
