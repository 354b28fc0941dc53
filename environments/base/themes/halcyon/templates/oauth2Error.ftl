[#ftl/]
[#import "../_helpers.ftl" as helpers/]
[#-- FreeMarker's own ${…} is left alone: only !sub looks at variables. --]
[@helpers.html]
  [@helpers.head title="Halcyon Line"/]
  [@helpers.body]
    [@helpers.main title="We lost our bearings"]
      <p>${(error.message)!"Something went wrong on our side."}</p>
      <p>Please go back and try again. If you are on board, reception can help.</p>
    [/@helpers.main]
  [/@helpers.body]
[/@helpers.html]
