/** A template of the first start, without the date it gets then. People, places and numbers are invented. */
export interface ExampleTemplate {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly messageType: string;
  readonly content: string;
}

const segments = (...lines: readonly string[]): string => lines.join('\r');

/** The three examples of hl7.md 10: valid, HL7 2.5, something to show on every page. */
export const EXAMPLES: readonly ExampleTemplate[] = [
  {
    id: 'default-0',
    name: 'ADT^A01 (Admit)',
    description: 'Standard Example',
    messageType: 'ADT-A01',
    content: segments(
      'MSH|^~\\&|TESTHIS|TESTHOSPITAL|TESTLAB|TESTHOSPITAL|20250101080000||ADT^A01^ADT_A01|HELPERVARIABLE1|T|2.5|||AL|NE||UNICODE UTF-8',
      'EVN||20250101080000',
      'PID|1||HELPERVARIABLE2^^^TESTHOSPITAL&0.0.0&ISO^MR~0000000^^^TESTINSURER^NI||HELPERVARIABLE3^HELPERVARIABLE4^^^^^L||HELPERVARIABLE5|F|||1 TEST STREET^^TESTTOWN^^00000^^H||000-0000^PRN^PH',
      'NK1|1|TESTPERSON^GÜNTHER^ÄNNE|FTH^Father^HL70063|1 TEST STREET^^TESTTOWN^^00000||000-0001',
      'PV1|1|I|TESTWARD^00^01^TESTHOSPITAL||||0000^TESTDOCTOR^JÖRG^^^DR|||MED||||1|||||0000001^^^TESTHOSPITAL^VN',
      'AL1|1|DA|TEST^Test allergen, invented^L|MI|Übelkeit',
      'DG1|1||Z00.0^Test diagnosis^I10||20250101|A',
    ),
  },
  {
    id: 'default-1',
    name: 'ORU^R01 (Observation Result)',
    description: 'Standard Example',
    messageType: 'ORU-R01',
    content: segments(
      'MSH|^~\\&|TESTLAB|TESTHOSPITAL|TESTHIS|TESTHOSPITAL|20250101100000||ORU^R01^ORU_R01|HELPERVARIABLE1|T|2.5',
      'PID|1||HELPERVARIABLE2^^^TESTHOSPITAL^MR||TESTPERSON^ADA||20000101|F',
      'PV1|1|O|TESTCLINIC^00^01',
      'ORC|RE|0000001^TESTHIS|0000002^TESTLAB',
      'OBR|1|0000001^TESTHIS|0000002^TESTLAB|CBC^Complete blood count^L|||20250101093000|||||||||0000^TESTDOCTOR^ALAN||||||20250101095900||HM|F',
      'OBX|1|NM|WBC^White blood cells^L||HELPERVARIABLE3|10*9/L|4.0-10.0|N|||F|||20250101095000',
      'OBX|2|NM|HGB^Haemoglobin^L||HELPERVARIABLE4|g/L|120-160|N|||F|||20250101095000',
      'OBX|3|FT|COM^Comment^L||Invented result.\\.br\\For tests only \\T\\ training.||||||F',
      'NTE|1|L|HELPERVARIABLE',
    ),
  },
  {
    id: 'default-2',
    name: 'ORM^O01 (Order)',
    description: 'Standard Example',
    messageType: 'ORM-O01',
    content: segments(
      'MSH|^~\\&|TESTHIS|TESTHOSPITAL|TESTLAB|TESTHOSPITAL|20250101090000||ORM^O01^ORM_O01|HELPERVARIABLE1|T|2.5',
      'PID|1||HELPERVARIABLE2^^^TESTHOSPITAL^MR||TESTPERSON^ADA||20000101|F',
      'PV1|1|O|TESTCLINIC^00^01||||0000^TESTDOCTOR^ALAN',
      'ORC|NW|HELPERVARIABLE3^TESTHIS|||||1^^^20250101090000^^R||20250101090000|||0000^TESTDOCTOR^ALAN',
      'OBR|1|HELPERVARIABLE3^TESTHIS||GLU^Glucose^L|||20250101090000||||||||BLD&Blood&L|0000^TESTDOCTOR^ALAN',
      'DG1|1||Z00.0^Test diagnosis^I10||20250101|W',
      'NTE|1|P|HELPERVARIABLE',
    ),
  },
];

/** The examples as records of the store `templates`. `createdAt` in milliseconds since 1970. */
export function exampleTemplates(createdAt: number): (ExampleTemplate & { readonly createdAt: number })[] {
  return EXAMPLES.map((example) => ({ ...example, createdAt }));
}
