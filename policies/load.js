/* global require */
require("../lib/translate.cjs");
require("./index.ts");
