// What a site bundles: a component of React.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import CookieConsent from "react-cookie-consent";

function load(src) {
  const s = document.createElement("script");
  s.src = src;
  document.body.append(s);
}

createRoot(document.getElementById("root")).render(
  createElement(
    CookieConsent,
    { enableDeclineButton: true, buttonText: "Accept cookies", declineButtonText: "Decline", onAccept: () => ["/stats.js", "/ads.js"].forEach(load) },
    "This website uses cookies for statistics and for advertising. ",
    createElement("a", { href: "/privacy.html" }, "Privacy policy"),
  ),
);
