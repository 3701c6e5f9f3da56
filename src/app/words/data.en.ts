/** The words of the Data page. Fetched with it. */
export const dataMessages = {
  'data.lead':
    'Everything is kept in this browser, on this device. An export is a copy that you can keep elsewhere.',
  'data.exportTitle': 'Export',
  'data.exportLead':
    'One file with your templates, settings, drafts and the Serialize page. It is read back and compared before you get it.',
  'data.export': 'Export…',
  'data.importTitle': 'Import',
  'data.importLead':
    'Takes in an export, or plain HL7 messages. You see what would change first, and Undo brings it all back.',
  'data.import': 'Import…',
  'data.importWaits': 'Nothing can be imported while saved data is shown read-only.',
  'data.hereTitle': 'In this browser',
  'data.hereLead':
    'Every change leaves a version to go back to. Large changes leave a backup that is kept for 30 days.',
  'data.goBack': 'Go back to a backup…',
  'data.goBackWaits': 'Going back has to wait while saved data is shown read-only.',
  'data.stored': 'Saved here',
  'data.space': 'Space',
  'data.counting': 'Reading…',
  'data.drafts': { one: '{count} draft', other: '{count} drafts' },
  'data.failed': 'The dialog couldn’t be opened ({name}). Nothing was changed.',
  'data.imported': 'The import is saved.',
  'data.exported': 'Exported {what}. Checked: the file opens and matches.',
  'data.copied': 'Copied {what} as JSON. Checked: it opens and matches.',
} as const;
