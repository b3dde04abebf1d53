// Whatever is valid or not is looked at; matters of taste that our templates settle otherwise are not.
module.exports = {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // A table that becomes cards on a phone is no table any more to some browsers, unless it says so.
    "no-redundant-role": "off",
    "doctype-style": "off", // small letters are as valid
    "no-trailing-whitespace": "off", // left where a tag of a template printed nothing
    "no-implicit-button-type": "off", // a button in a form sends it, as it says in the standard
    "form-dup-name": "off", // each time of a day is a button of one name, and one is pressed
    "tel-non-breaking": "off", // our style sheet keeps telephone numbers on one line
    "meta-refresh": "off", // only inside noscript, on a page that waits for news
  },
};
