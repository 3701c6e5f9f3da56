// Makes of a case of stored.json what a store may really hold. A format gives a sound record and seals a changed one.
// Returns one of { value } | { text } | { absent: true } | { fault }.

const entry = (n) => ({
  id: `form-${n}`,
  name: `Form ${n}`,
  description: '',
  messageType: 'ORU-R01',
  content: `MSH|^~\\&|LAB${n}\rOBX|1|NM|${n}\r`,
  createdAt: 1710000000000 + n,
});

/** The 32-bit checksum of records from before this project: 31 times the sum so far plus the next code unit. */
function weakSum(data) {
  const units = Array.from({ length: JSON.stringify(data).length }, (_, i) => JSON.stringify(data).charCodeAt(i));
  return Math.abs(units.reduce((sum, unit) => (Math.imul(31, sum) + unit) | 0, 0)).toString(36);
}

const older = {
  base: (data) => ({
    version: 1,
    createdAt: '2026-04-01T10:00:00.000Z',
    updatedAt: '2026-04-02T11:00:00.000Z',
    checksum: weakSum(data),
    data,
  }),
  checksum: ({ data }) => weakSum(data),
};

/** What JSON cannot write down. */
const UNWRITABLE = {
  undefined: () => undefined,
  NaN: () => Number.NaN,
  Date: () => new Date(0),
  Map: () => new Map([['id', 1]]),
};

const change = {
  set: (record, { path, value, special }) => {
    const last = path.length - 1;
    const inside = path.slice(0, last).reduce((found, key) => found[key], record);
    inside[path[last]] = special ? UNWRITABLE[special]() : value;
    return record;
  },
  delete: (record, { path }) => {
    delete record[path[0]];
    return record;
  },
  root: (_, { value, special }) => (special ? UNWRITABLE[special]() : value),
  rechecksum: (record, _, { checksum }) => ({ ...record, checksum: checksum(record) }),
};

export function materialise({ mutations }, format = older) {
  let record = structuredClone(format.base([entry(1), entry(2)]));
  for (const mutation of mutations) {
    const { op } = mutation;
    if (op === 'absent') return { absent: true };
    if (op === 'fault') return { fault: mutation.fault };
    if (op === 'text') return { text: mutation.text };
    if (op === 'textTruncate') {
      const text = JSON.stringify(record);
      return { text: text.slice(0, Math.floor(text.length * mutation.at)) };
    }
    if (!change[op]) throw new Error(`no mutation is called ${op}`);
    record = change[op](record, mutation, format);
  }
  return { value: record };
}
