/** A pattern of esquery (https://github.com/estools/esquery), the selectors that ESLint's rules are written in, over ESTree. */
export interface SelectorRule {
  rule: string;
  selector: string;
  message: string;
}

/** Node's own modules that start programs, run texts as code, reach below JavaScript or open plain sockets. */
const MODULES =
  '/^(node:)?(child_process|cluster|worker_threads|vm|v8|inspector|repl|dgram|tls|net|module|process|wasi|trace_events|test|sea|sqlite\\/unsafe)(\\/|$)/';
const CODE_FROM_TEXT = 'It makes code of a text at run time; write the code itself.';
const PROGRAMS =
  'It uses a module that starts programs, runs texts as code or opens plain sockets; do without.';
const INTERNALS = 'It reaches into the process that runs it; do without.';
const NAMED_AT_RUN_TIME = 'It loads a module whose name is made at run time; name it as a plain string.';

export const JAVASCRIPT_RULES: readonly SelectorRule[] = [
  { rule: 'code-from-text', selector: 'Identifier[name="eval"]', message: CODE_FROM_TEXT },
  {
    rule: 'code-from-text',
    selector: ':matches(CallExpression, NewExpression)[callee.name="Function"]',
    message: CODE_FROM_TEXT,
  },
  {
    rule: 'code-from-text',
    selector:
      ':matches(CallExpression, NewExpression)[callee.type=/MemberExpression$/][callee.property.name=/^(constructor|Function)$/]',
    message: CODE_FROM_TEXT,
  },
  {
    rule: 'code-from-text',
    selector: 'MemberExpression[computed=true][property.value=/^(constructor|eval|Function|__proto__)$/]',
    message: CODE_FROM_TEXT,
  },
  {
    rule: 'code-from-text',
    selector:
      'CallExpression[callee.name=/^set(Timeout|Interval|Immediate)$/][arguments.0.type=/^(Literal|TemplateLiteral|BinaryExpression)$/]',
    message: CODE_FROM_TEXT,
  },
  {
    rule: 'code-from-text',
    selector:
      'CallExpression[callee.property.name=/^set(Timeout|Interval)$/][arguments.0.type=/^(Literal|TemplateLiteral|BinaryExpression)$/]',
    message: CODE_FROM_TEXT,
  },
  {
    rule: 'code-from-text',
    selector: 'Identifier[name="WebAssembly"]',
    message: 'It runs bytes as code; write the code itself.',
  },
  {
    rule: 'programs',
    selector: `:matches(ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression)[source.value=${MODULES}]`,
    message: PROGRAMS,
  },
  { rule: 'programs', selector: `CallExpression[arguments.0.value=${MODULES}]`, message: PROGRAMS },
  { rule: 'programs', selector: `TSExternalModuleReference[expression.value=${MODULES}]`, message: PROGRAMS },
  {
    rule: 'named-at-run-time',
    selector: 'CallExpression[callee.name="require"]:not([arguments.0.type="Literal"])',
    message: NAMED_AT_RUN_TIME,
  },
  {
    rule: 'named-at-run-time',
    selector: 'ImportExpression:not([source.type="Literal"])',
    message: NAMED_AT_RUN_TIME,
  },
  {
    rule: 'named-at-run-time',
    selector: ':matches(VariableDeclarator[init.name="require"], AssignmentExpression[right.name="require"])',
    message: NAMED_AT_RUN_TIME,
  },
  { rule: 'named-at-run-time', selector: 'Identifier[name="createRequire"]', message: NAMED_AT_RUN_TIME },
  {
    rule: 'process',
    selector:
      'MemberExpression[property.name=/^(binding|_linkedBinding|dlopen|getBuiltinModule|mainModule|setuid|seteuid|setgid|setegid|setgroups|reallyExit|_load|_extensions)$/]',
    message: INTERNALS,
  },
  {
    rule: 'process',
    selector: 'MemberExpression[object.name="process"][property.name=/^(kill|abort|chdir|report)$/]',
    message: INTERNALS,
  },
  { rule: 'process', selector: 'MemberExpression[object.name="process"][computed=true]', message: INTERNALS },
  {
    rule: 'environment',
    selector:
      ':matches(CallExpression, SpreadElement, ReturnStatement, Property) > MemberExpression[object.name="process"][property.name="env"]',
    message:
      'It reads the whole environment; read the variables that it needs by name, such as process.env.PORT.',
  },
];
