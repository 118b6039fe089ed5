/* A scanned code opens /verify/#<token>: hand the token over by post, so that it stands in no log. */
(() => {
  "use strict";
  const token = window.location.hash.slice(1);
  const form = document.getElementById("by-code");
  if (!form || !/^JN1\.[A-Z2-7]+\.[A-Z2-7]+$/.test(token)) return;
  window.history.replaceState(null, "", window.location.pathname);
  form.querySelector("[name=text]").value = token;
  form.submit();
})();
