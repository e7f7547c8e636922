// Whether the page is shown by an application that tracks sessions itself (protocol facts, section 3.8).

type WebView = {
  SnowplowWebInterfaceV2?: unknown;
  webkit?: { messageHandlers?: { snowplowV2?: unknown } };
  ReactNativeWebView?: unknown;
};

export const isInWebView = (): boolean => {
  const page = globalThis as WebView;
  return !!(page.SnowplowWebInterfaceV2 || page.webkit?.messageHandlers?.snowplowV2 || page.ReactNativeWebView);
};
