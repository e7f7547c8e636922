// The layers of this checkout, and that each kind of breach is found.
import test from 'node:test';
import { blank } from './cpp-text.ts';
import { checkout, expectFindings, expectNone } from './findings.ts';
import { checkBindings, checkCoreCalls, checkCoreLayers, checkNativeCalls, checkNativeLayers } from './layers.ts';

const checkCalls = (root: string) => checkCoreCalls(root, blank);

test('the core includes only downwards, and no header that reaches outside', () => {
  expectNone(checkCoreLayers(checkout));
});

test('the core calls nothing that prints, waits or ends the host', () => {
  expectNone(checkCalls(checkout));
});

test('the native library includes only what each of its folders may', () => {
  expectNone(checkNativeLayers(checkout));
});

test('the native library calls nothing that prints, or ends or changes the host', () => {
  expectNone(checkNativeCalls(checkout, blank));
});

test('the bindings know piste.h alone', () => {
  expectNone(checkBindings(checkout));
});

test('an include upwards, sideways, of a forbidden header or of no layer is found', () => {
  expectFindings(
    checkCoreLayers,
    {
      'core/src/base/utf8.h': '#include "model/event.h"\n',
      'core/src/model/event.h': '#include "base/utf8.h"\n#include <chrono>\n',
      'core/src/policy/outbox.cpp': '#include "policy/outbox.h"\n#include "policy/retry.h"\n',
      'core/src/engine/tracker.cpp': '#include "policy/outbox.h"\n#include "tracker.h"\n#include "piste/piste.h"\n',
      'core/src/abi/piste.cpp': '#include "piste/piste.h"\n  # include <thread> // why not\n',
      'core/src/extra/odd.h': '\n',
    },
    [
      'core/src/abi/piste.cpp:2: <thread>',
      'core/src/base/utf8.h:1: base/ may not use model/',
      'core/src/engine/tracker.cpp:2: "tracker.h" does not begin',
      'core/src/engine/tracker.cpp:3: only abi/',
      'core/src/extra/odd.h: extra is not a layer',
      'core/src/model/event.h:2: <chrono>',
      'core/src/policy/outbox.cpp:2: a policy may not use another',
    ],
  );
});

test('a call that ends the host is found; a word in a comment or a longer name is not', () => {
  const text = '// abort() is not called\nint f() { return now.time(); }\nvoid g() { abort(); }\nint my_time(int);\n';
  expectFindings(checkCalls, { 'core/src/base/a.cpp': text }, [':3: the core may not call abort(']);
});

test('a binding that looks into the core is found', () => {
  expectFindings(
    checkBindings,
    {
      'wasm/entry.cpp': '#include "piste/piste.h"\n#include "engine/tracker.h"\n',
      'native/src/driver.cpp': '#include "../../core/src/base/utf8.h"\n#include <vector>\n',
      'js/src/driver.ts':
        "import { a } from './ports/a.ts';\nimport { b } from '../../wasm/b.ts';\nawait import('../../tests/c.ts');\n",
    },
    ['wasm/entry.cpp:2', 'native/src/driver.cpp:1', 'js/src/driver.ts:2', 'js/src/driver.ts:3'],
  );
});

test('in the native library an include of another folder or of a forbidden header is found', () => {
  expectFindings(
    checkNativeLayers,
    {
      'native/src/journal/disk.cpp': '#include "journal/disk.h"\n#include <fcntl.h>\n#include <signal.h>\n',
      'native/src/journal/marks.h': '#include <vector>\n#include "piste/piste.h"\n#include <iostream>\n',
      'native/src/odd/odd.h': '\n',
    },
    [
      'native/src/journal/disk.cpp:3: <signal.h>',
      'native/src/journal/marks.h:2: "piste/piste.h"',
      'native/src/journal/marks.h:3: <iostream>',
      'native/src/odd/odd.h: is in no folder',
    ],
  );
});

test('in the native library a call that prints or ends the host is found, and what throws', () => {
  const text = [
    '// printf() is not called',
    'void f() { printf("x"); }',
    'int g() { return snprintf(name, 3, "x"); }',
    'void h() { throw 1; }',
    'void i() { ::signal(1, handler); }',
    'void j() { disk.kill(); }',
  ].join('\n');
  expectFindings((root) => checkNativeCalls(root, blank), { 'native/src/journal/a.cpp': text }, [
    ':2: the native library may not call printf(',
    ':4: the native library may not throw',
    ':5: the native library may not call signal(',
  ]);
});
