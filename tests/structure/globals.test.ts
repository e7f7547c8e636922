// No mutable globals in the core and the native library, and that each form of one is found while constants are not.
import test from 'node:test';
import { checkGlobals } from './globals.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';

test('the core and the native library have no mutable global', () => {
  expectNone(checkGlobals(checkout));
});

test('every form of a mutable global is found', () => {
  const text = [
    'int counter = 0;',
    'namespace piste {',
    'const char* name = "x";',
    'static Buffer shared;',
    'Table table[] = {{1, "{"}, {2, "}"}};',
    'class Queue {',
    ' public:',
    '  static int count_;',
    '  int next() {',
    '    static int last = 0;',
    '    thread_local Buffer scratch{};',
    '    return ++last;',
    '  }',
    '};',
    'struct { int a; } state;',
    '}  // namespace piste',
  ].join('\n');
  expectFindings(checkGlobals, { 'core/src/base/a.cpp': text }, [
    ':1: "int counter',
    ':3: ',
    ':4: ',
    ':5: ',
    ':8: ',
    ':15: ',
    ':10: ',
    ':11: ',
  ]);
});

test('constants, declarations, members and locals are no globals', () => {
  const text = [
    '#define LIMIT \\',
    '  int x = 0;',
    'extern "C" {',
    'int32_t piste_abi_version(void);',
    '}',
    'namespace piste {',
    'namespace {',
    'constexpr const char* kNames[] = {"a", "b;"};',
    'const char* const kName = "int x = 0;";',
    "const uint32_t kFirst = 1'000;",
    "constexpr char kQuote = '\"';",
    'constexpr int kSum = [] { int sum = 0; return sum; }();',
    '}  // namespace',
    'using Row = Text;',
    'class Queue;',
    'template <typename T, int kSize = 3>',
    'struct Holder {',
    '  int a = 0, b{1};',
    '  static constexpr int kMost = 3;',
    '  static Holder make(int value = 0);',
    '  Holder(int x) : a(x), b{x} { int local = 0; static const int kThree = 3; b = local + kThree; }',
    '  bool operator==(const Holder& other) const = default;',
    '};',
    'static int add(int a, int b = 0) { return static_cast<int>(a + b); }',
    'enum class Kind : int { one = 1, two };',
    'inline bool operator<(Kind a, Kind b) { return int(a) < int(b); }',
    '/* int commented = 0; */',
    '}  // namespace piste',
  ].join('\n');
  expectFindings(checkGlobals, { 'core/src/base/a.h': text }, []);
});
