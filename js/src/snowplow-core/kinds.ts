// Of what kind a value is.
import type { BrowserCoreApi } from '../snowplow/plugin-api/types.ts';

export const isString: BrowserCoreApi['isString'] = (str): str is string => !!str && typeof str.valueOf() === 'string';
export const isInteger: BrowserCoreApi['isInteger'] = (int): int is number => Number.isInteger(int);
export const isFunction: BrowserCoreApi['isFunction'] = (func) => typeof func === 'function';
export const isValueInArray: BrowserCoreApi['isValueInArray'] = (val, array) => array.indexOf(val) >= 0;

const numberOf = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);

/** Text in base 16 too, if it begins with `0x`. */
export const parseAndValidateInt: BrowserCoreApi['parseAndValidateInt'] = (obj) =>
  numberOf(Number.parseInt(obj as string));
export const parseAndValidateFloat: BrowserCoreApi['parseAndValidateFloat'] = (obj) =>
  numberOf(Number.parseFloat(obj as string));
