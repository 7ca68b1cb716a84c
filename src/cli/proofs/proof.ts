import type { Place } from '../../kernel/place.ts';
import type { PluginManifest } from '../../plugin-host/contract.ts';
import type { Registry } from '../../plugin-host/registry.ts';
import type { Language } from '../options.ts';

/** What one proof says about a place, line by line, and what is wrong. */
export interface Proof {
  readonly lines: readonly string[];
  readonly failures: readonly string[];
}

/** The rulebook of one plugin under proof: what holds in its place, its own rules and those from above. */
export interface Subject {
  readonly registry: Registry;
  readonly plugin: PluginManifest;
  readonly place: Place;
  readonly language: Language;
}

export const inLanguage = ({ language }: Pick<Subject, 'language'>, zh: string, en: string): string => (language === 'zh' ? zh : en);
export const joined = ({ language }: Pick<Subject, 'language'>, items: readonly string[]): string => items.join(language === 'zh' ? '、' : ', ');
